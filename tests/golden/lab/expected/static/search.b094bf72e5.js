
import { element, Facets, isAny, papersOf, sorted } from './facets.7f9f865204.js'

const form = document.querySelector('.search')
const list = document.querySelector('.results')
const indexes = document.querySelector('.indexes')
const root = new URL('../', location)
const STEP = 20 // results at a time

const split = value => {
  const [path] = value.split(' ', 1)
  return { path, name: path.split('/').at(-2) ?? path, label: value.slice(path.length + 1) }
}

const links = (values, className) =>
  (values ?? []).flatMap((value, place) => {
    const { path, label } = split(value)
    const link = { className, href: new URL(path, root), textContent: label.split(' · ')[0], dir: 'auto' }
    return [place ? ', ' : '', element('a', link)]
  })

const excerpt = html => {
  const inner = html.split(/\bAbstract\.\s/).at(-1).split(/\bTags\.\s/)[0]
  const { body } = new DOMParser().parseFromString(inner, 'text/html')
  const whole = /[.!?]\s*$/.test(body.textContent) || !body.textContent
  return [...body.childNodes]
    .map(({ nodeName, textContent }) => (nodeName === 'MARK' ? element('mark', { textContent }) : textContent))
    .concat(whole ? [] : '\xa0…')
}

const card = ({ filters, meta, ...result }, query) => {
  const part = (name, className, values, ...children) =>
    values || children.length ? [element(name, { className, ...values }, ...children)] : []
  const text = textContent => textContent && { textContent }
  const title = element('a', { href: new URL(result.raw_url.slice(1), root), textContent: meta.title })
  const byline = [
    part('span', 'paper-authors', text(meta.authors)),
    links(filters.organization, 'paper-organization'),
    part('span', 'paper-venue', text(meta.venue)),
  ].filter(one => one.length)
  return element(
    'article',
    { className: 'paper' },
    element(
      'p',
      { className: 'paper-meta' },
      ...links(filters.category, `paper-category tint-${meta.tint}`),
      ...part('time', 'paper-date', meta.date && { dateTime: meta.iso, textContent: meta.date }),
      ...part('span', 'paper-code', filters.code && { textContent: 'Code' }),
      ...part('strong', 'badge alert', text(meta.status)),
    ),
    element('h2', { className: 'paper-title', dir: 'auto' }, title),
    ...part('p', 'paper-byline', null, ...byline.flatMap((one, place) => [place ? ' · ' : '', ...one])),
    ...part('p', 'paper-abstract', null, ...(query.has('q') ? excerpt(result.excerpt) : [])),
    ...part('p', 'paper-tags', null, ...links(filters.tag, 'paper-tag')),
  )
}

const cards = async (results, query) => {
  const first = await Promise.all(results.slice(0, STEP).map(one => one.data()))
  const made = first.map(one => card(one, query))
  if (results.length > STEP) {
    const more = element('button', { type: 'button', textContent: 'More results' })
    more.onclick = async () => {
      const next = await cards(results.slice(STEP), query)
      more.replaceWith(...next)
      next[0].querySelector('h2 a').focus()
    }
    made.push(more)
  }
  return made
}

form.addEventListener('submit', () => list.querySelector('h2 a')?.focus())

try {
  const pagefind = await import('../pagefind/pagefind.js')
  await pagefind.options({ excerptLength: 40 })
  await pagefind.init()

  const values = new Map()
  const totals = (found, only) => {
    const counts = new Map()
    for (const [facet, numbers] of Object.entries(found)) {
      for (const [value, number] of Object.entries(only && only !== facet ? {} : numbers)) {
        const term = `${facet} ${split(value).name}`
        counts.set(term, (counts.get(term) ?? 0) + number)
        values.set(term, (values.get(term) ?? new Set()).add(value))
      }
    }
    return counts
  }
  const all = totals(await pagefind.filters())
  const terms = [...all].map(([term, count]) => {
    const { name, label } = split([...values.get(term)][0])
    return [term.split(' ', 1)[0], name, label, count]
  })

  const search = (query, without) => {
    const facets = [...new Set(query.keys())].filter(facet => facet !== 'q' && facet !== without)
    const asked = facets.flatMap(facet => {
      const chosen = query.getAll(facet).map(name => [...(values.get(`${facet} ${name}`) ?? [name])])
      return (isAny(facet) ? [chosen.flat()] : chosen).map(any => ({ [facet]: { any } }))
    })
    const sort = query.has('q') ? {} : { date: 'desc' }
    return pagefind.search(query.get('q'), { filters: { all: asked }, sort })
  }

  let turn = 0
  const show = async query => {
    const own = ++turn
    const found = query.size ? await search(query) : { results: [] }
    const counts = query.size ? totals(found.filters) : all
    for (const facet of [...query.keys()].filter(isAny)) {
      for (const one of totals((await search(query, facet)).filters, facet)) counts.set(...one)
    }
    const shown = await cards(found.results, query)
    if (own !== turn) return
    facets.count(counts)
    facets.state.textContent = query.size ? papersOf(found.results.length, 'result') : ''
    list.replaceChildren(...shown)
    list.ariaBusy = 'false'
    indexes.hidden = query.size > 0
  }

  let waiting
  const facets = new Facets(form, sorted(terms), (query, isStep) => {
    clearTimeout(waiting)
    list.ariaBusy = 'true'
    return new Promise(done => {
      waiting = setTimeout(() => done(show(query)), isStep ? 0 : 150)
    })
  })
  facets.start()
} catch {
  const textContent = 'Search is not available here.'
  form.after(element('p', { className: 'state', role: 'status', textContent }))
}
