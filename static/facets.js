// What a reader has chosen in a list or a search: words, and boxes to tick, in a form that is the
// state. The address holds what the form holds, so that Back, reload and a copied address keep it.

const FACETS = {
  category: 'Category',
  year: 'Year',
  tag: 'Tag',
  author: 'Author',
  organization: 'Organization',
  code: 'Code',
}
const MOST = 100 // boxes of a facet: more of them would be no help

// A paper has one category and one year, so of these any may fit; of the others all must.
export const isAny = facet => facet === 'category' || facet === 'year'

export const element = (name, values, ...children) => {
  const made = Object.assign(document.createElement(name), values)
  made.append(...children)
  return made
}

export const papersOf = (count, noun = 'paper') => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

// Terms in the order of their boxes, given as [facet, value, label, count]: the newest year, the most
// frequent of the others first.
export const sorted = terms =>
  terms.sort(([facet, value, label, count], [, other, name, number]) =>
    facet === 'year' ? other - value : number - count || label.localeCompare(name),
  )

// The name of a term's page in the site, such as `language-models`.
export const slug = address => decodeURIComponent(new URL(address, location).pathname.split('/').at(-2))

// What the address asks of a facet; names written by hand, such as `CL` or `Language models`, are taken too.
const asked = facet =>
  new URLSearchParams(location.search).getAll(facet).map(one => one.trim().toLowerCase().replace(/\s+/g, '-'))

export class Facets {
  #boxes = new Map()
  #changed

  // `terms` gives [facet, value, label, count] for every box, in order; `changed` is called with what is
  // chosen, and whether that was a step, not a letter typed; it may promise to show it.
  constructor(form, terms, changed) {
    this.form = form
    this.#changed = changed
    this.state = element('p', { className: 'state', role: 'status' })
    this.clearing = element('button', { type: 'button', textContent: 'Clear', onclick: () => this.clear() })
    this.actions = element('p', { className: 'actions' }, this.state, this.clearing)
    for (const [facet, title] of Object.entries(FACETS)) {
      const chosen = asked(facet)
      const every = terms.filter(term => term[0] === facet)
      const own = every.filter(([, value], place) => place < MOST || chosen.includes(value))
      // What the address asks for may be unknown here; it is shown, so that it can be taken back.
      own.push(...chosen.filter(one => !own.some(term => term[1] === one)).map(one => [facet, one, one]))
      if (own.length) form.append(this.#group(title, own))
    }
    form.append(this.actions)
    form.addEventListener('input', event => this.#update(event.target.type === 'checkbox'))
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && (form.contains(event.target) || `${this.query}`)) this.clear()
    })
    addEventListener('popstate', () => this.#read())
  }

  #group(title, terms) {
    const boxes = terms.map(([name, value, label]) => {
      const box = element('input', { type: 'checkbox', name, value })
      const count = element('span', { className: 'term-count' })
      const shown = element('span', { dir: 'auto', textContent: label })
      this.#boxes.set(`${name} ${value}`, { box, count })
      return element('label', {}, box, shown, ' ', count)
    })
    if (terms[0][0] === 'code') return boxes[0]
    const list = element('div', { className: 'choices', role: 'group', ariaLabel: title }, ...boxes)
    return element('details', { name: 'facet' }, element('summary'), list)
  }

  // What is chosen, as the address has it.
  get query() {
    const query = new URLSearchParams(new FormData(this.form))
    if (!query.get('q')?.trim()) query.delete('q')
    return query
  }

  // Begin with what the address says; what was typed before this was here stays. Back and reload lead
  // to where the reader was in what is then shown: the browser saw the page before it was filtered.
  async start() {
    const style = element('link', { rel: 'stylesheet', href: new URL('./facets.css', import.meta.url) })
    const styled = new Promise(done => { style.onload = style.onerror = done })
    document.head.append(style)
    const { place } = (location.search && history.state) || {}
    for (const moment of ['scrollend', 'pagehide']) {
      addEventListener(moment, () => history.replaceState({ place: scrollY }, ''))
    }
    const typed = this.form.elements.q.value
    const shown = this.#read()
    if (typed && !this.form.elements.q.value) {
      this.form.elements.q.value = typed
      this.#update()
    }
    await styled
    this.form.classList.add('open')
    await shown
    if (place) scrollTo(0, place)
  }

  #read() {
    this.form.elements.q.value = new URLSearchParams(location.search).get('q') ?? ''
    for (const { box } of this.#boxes.values()) box.checked = asked(box.name).includes(box.value)
    return this.#tell()
  }

  #update(isStep) {
    const search = this.query.size ? `?${this.query}` : ''
    if (search !== location.search) {
      history[isStep ? 'pushState' : 'replaceState'](null, '', location.pathname + search)
    }
    this.#tell(isStep)
  }

  #tell(isStep = true) {
    this.clearing.hidden = !this.query.size
    for (const details of this.form.querySelectorAll('details')) {
      const chosen = [...details.querySelectorAll(':checked + span')].map(label => label.textContent.split(' · ')[0])
      details.firstChild.textContent = details.lastChild.ariaLabel + (chosen.length ? `: ${chosen.join(', ')}` : '')
      details.classList.toggle('chosen', chosen.length)
    }
    return this.#changed(this.query, isStep)
  }

  toggle(facet, value) {
    const { box } = this.#boxes.get(`${facet} ${value}`) ?? {}
    if (!box) return false
    box.checked = !box.checked
    this.#update(true)
    return true
  }

  clear() {
    for (const { box } of this.#boxes.values()) box.checked = false
    for (const details of this.form.querySelectorAll('details')) details.open = false
    this.form.elements.q.value = ''
    if (this.form.contains(document.activeElement)) this.form.elements.q.focus()
    this.#update(true)
  }

  // Show of each term how many papers there would be with it; `counts` has them by facet and value.
  count(counts) {
    for (const [term, { box, count }] of this.#boxes) {
      const number = counts.get(term) ?? 0
      count.textContent = number.toLocaleString('en')
      box.parentElement.classList.toggle('none', !number && !box.checked)
    }
  }
}
