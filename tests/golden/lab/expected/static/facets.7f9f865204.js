
const FACETS = {
  category: 'Category',
  year: 'Year',
  tag: 'Tag',
  author: 'Author',
  organization: 'Organization',
  code: 'Code',
}
const MOST = 100 // boxes of a facet: more of them would be no help

export const isAny = facet => facet === 'category' || facet === 'year'

export const element = (name, values, ...children) => {
  const made = Object.assign(document.createElement(name), values)
  made.append(...children)
  return made
}

export const papersOf = (count, noun = 'paper') => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

export const sorted = terms =>
  terms.sort(([facet, value, label, count], [, other, name, number]) =>
    facet === 'year' ? other - value : number - count || label.localeCompare(name),
  )

export const slug = address => decodeURIComponent(new URL(address, location).pathname.split('/').at(-2))

const asked = facet =>
  new URLSearchParams(location.search).getAll(facet).map(one => one.trim().toLowerCase().replace(/\s+/g, '-'))

export class Facets {
  #boxes = new Map()
  #changed

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

  get query() {
    const query = new URLSearchParams(new FormData(this.form))
    if (!query.get('q')?.trim()) query.delete('q')
    return query
  }

  async start() {
    const style = element('link', { rel: 'stylesheet', href: new URL('./facets.1031c826bb.css', import.meta.url) })
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

  count(counts) {
    for (const [term, { box, count }] of this.#boxes) {
      const number = counts.get(term) ?? 0
      count.textContent = number.toLocaleString('en')
      box.parentElement.classList.toggle('none', !number && !box.checked)
    }
  }
}
