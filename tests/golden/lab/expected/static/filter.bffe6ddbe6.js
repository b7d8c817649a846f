
import { element, Facets, isAny, papersOf, slug, sorted } from './facets.7f9f865204.js'

const form = document.querySelector('.filter')

const FOUND = {
  category: '.paper-category',
  tag: '.paper-tag',
  author: '.paper-author',
  organization: '.paper-organization',
}
const TEXT = '.paper-title, .paper-byline, .paper-abstract, .paper-tags'
const FACET_OF = { categories: 'category', years: 'year', tags: 'tag' }

const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const read = article => {
  const terms = new Map()
  for (const [facet, selector] of Object.entries(FOUND)) {
    for (const link of article.querySelectorAll(`a${selector}`)) {
      const name = link.title ? `${link.textContent} · ${link.title}` : link.textContent
      terms.set(`${facet} ${slug(link.href)}`, [facet, slug(link.href), name])
    }
  }
  const year = article.querySelector('.paper-date').dateTime.slice(0, 4)
  terms.set(`year ${year}`, ['year', year, year])
  if (article.querySelector('.paper-code')) terms.set('code 1', ['code', '1', 'With code'])
  const texts = [...article.querySelectorAll(TEXT)].map(one => one.textContent)
  return { article, terms, text: fold(texts.join(' ')) }
}

const papers = [...document.querySelectorAll('.papers article.paper')].map(read)
const terms = new Map()
for (const paper of papers) {
  for (const [key, term] of paper.terms) {
    const count = terms.get(key)?.[3] ?? 0
    terms.set(key, [...term, count + 1])
  }
}

const misfits = (paper, query) =>
  [...new Set(query.keys())].filter(facet => {
    const values = query.getAll(facet)
    if (facet === 'q') return !fold(values[0]).split(/\s+/).every(word => paper.text.includes(word))
    const has = value => paper.terms.has(`${facet} ${value}`)
    return isAny(facet) ? !values.some(has) : !values.every(has)
  })

const show = query => {
  const counts = new Map()
  let shown = 0
  for (const paper of papers) {
    const missing = misfits(paper, query)
    paper.article.hidden = missing.length > 0
    if (!missing.length) shown += 1
    for (const [term, [facet]] of paper.terms) {
      if (missing.every(one => one === facet && isAny(one))) counts.set(term, (counts.get(term) ?? 0) + 1)
    }
  }
  for (const group of document.querySelectorAll('.year')) {
    group.hidden = !group.querySelector('.paper:not([hidden])')
  }
  facets.count(counts)
  for (const term of chips) {
    const [facet, value] = facetOf(term)
    term.querySelector('.term-count').textContent = (counts.get(`${facet} ${value}`) ?? 0).toLocaleString('en')
    term.ariaCurrent = query.getAll(facet).includes(value) ? 'true' : null
  }
  const here = isPaged ? `the ${papersOf(papers.length)} on this page` : papersOf(papers.length)
  facets.state.textContent = query.size ? `${shown.toLocaleString('en')} of ${here}` : papersOf(papers.length)
  everywhere.href = `${form.action}?${query}`
  exporting.hidden = !shown
}

const save = async () => {
  const shown = papers.filter(paper => !paper.article.hidden)
  try {
    const files = shown.map(async ({ article }) => {
      const page = article.querySelector('.paper-title a').href
      const answer = await fetch(new URL(`${article.dataset.paper}.bib`, page))
      if (!answer.ok) throw answer.status
      return answer.text()
    })
    const url = URL.createObjectURL(new Blob([(await Promise.all(files)).join('\n')], { type: 'application/x-bibtex' }))
    element('a', { href: url, download: 'papers.bib' }).click()
    facets.state.textContent = `${papersOf(shown.length)} exported`
  } catch {
    facets.state.textContent = 'The citations could not be fetched.'
  }
}

const isPaged = document.querySelector('.pager') !== null
const facetOf = link => [FACET_OF[new URL(link.href).pathname.split('/').at(-3)], slug(link.href)]
const chips = [...document.querySelectorAll('.facets .term:not(.bar)')].filter(term => !isPaged && facetOf(term)[0])

const facets = new Facets(form, sorted([...terms.values()]), show)
const exporting = element('button', { type: 'button', textContent: 'Export these', title: 'As BibTeX', onclick: save })
const everywhere = element('a', { textContent: 'Search all papers' })
facets.actions.append(exporting, isPaged ? everywhere : '')

facets.start()

export const toggle = term => {
  if (!facets.toggle(...facetOf(term))) location.href = term.href
}
