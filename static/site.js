// What every page does by itself. All else is fetched when a reader first asks for it.

const isPlain = event => !(event.ctrlKey || event.metaKey || event.altKey)

// `/` goes to search, and on a page where one can search, to the words.
addEventListener('keydown', event => {
  const search = document.querySelector('a[rel=search]')
  if (event.key !== '/' || !isPlain(event) || !search) return
  if (event.target.closest('input:not([type=checkbox]), select, textarea, [contenteditable]')) return
  event.preventDefault()
  const words = document.querySelector('.search [name=q]')
  if (words) words.focus()
  else location.href = search.href
})

// The filter of a list, or search: asked for by their field, also before this was here, by the address,
// or by a term beside a list.
const panel = document.querySelector('.panel')
if (panel) {
  const load = () => (panel.matches('.search') ? import('./search.js') : import('./filter.js'))
  const asked = /[?&](q|category|year|tag|author|organization|code)=/
  if (panel.elements.q.value || asked.test(location.search)) load()
  // The field of search has the focus from the start, which is no wish yet.
  const intents = panel.matches('.search') ? ['keydown', 'pointerdown', 'input'] : ['focusin', 'input']
  for (const intent of intents) panel.addEventListener(intent, load, { once: true })
  panel.addEventListener('submit', event => event.preventDefault())
  // Where a list goes on on other pages, a term leads to its own list, which holds all of them.
  const terms = document.querySelector('.pager') ? null : document.querySelector('.facets')
  terms?.addEventListener('click', async event => {
    const term = event.target.closest('.term:not(.bar)')
    if (!term || !isPlain(event) || event.shiftKey) return
    event.preventDefault()
    try {
      (await load()).toggle(term)
    } catch {
      location.href = term.href
    }
  })
}

// A button after each text that is to be copied. Its word stands in the style sheet: a script adds no text.
for (const text of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'copy', ariaLabel: `Copy ${text.dataset.copy}` })
  button.onclick = async () => (await import('./copy.js')).copy(text, button)
  text.after(' ', button)
}
