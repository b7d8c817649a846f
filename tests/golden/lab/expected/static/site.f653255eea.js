
const isPlain = event => !(event.ctrlKey || event.metaKey || event.altKey)

addEventListener('keydown', event => {
  const search = document.querySelector('a[rel=search]')
  if (event.key !== '/' || !isPlain(event) || !search) return
  if (event.target.closest('input:not([type=checkbox]), select, textarea, [contenteditable]')) return
  event.preventDefault()
  const words = document.querySelector('.search [name=q]')
  if (words) words.focus()
  else location.href = search.href
})

const panel = document.querySelector('.panel')
if (panel) {
  const load = () => (panel.matches('.search') ? import('./search.b094bf72e5.js') : import('./filter.bffe6ddbe6.js'))
  const asked = /[?&](q|category|year|tag|author|organization|code)=/
  if (panel.elements.q.value || asked.test(location.search)) load()
  const intents = panel.matches('.search') ? ['keydown', 'pointerdown', 'input'] : ['focusin', 'input']
  for (const intent of intents) panel.addEventListener(intent, load, { once: true })
  panel.addEventListener('submit', event => event.preventDefault())
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

for (const text of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'copy', ariaLabel: `Copy ${text.dataset.copy}` })
  button.onclick = async () => (await import('./copy.bfe0185952.js')).copy(text, button)
  text.after(' ', button)
}
