// Choosing an example, editing its payload, sending it.

import { lineAndColumn, Mistake, parse } from './json.js'
import { paint, paintWithMistake } from './paint.js'

const pretty = (payload) => JSON.stringify(payload, null, 2)

export function createComposer({ examples, elements, send }) {
  const { tablist, panel, form, about, signature, label, editor, payload, painted, mistake, button, restore, status } = elements
  const drafts = new Map(examples.map((example) => [example.id, pretty(example.payload)]))
  let current = examples[0]
  let complaint

  const tabs = examples.map((example) => {
    const tab = document.createElement('button')
    tab.type = 'button'
    tab.role = 'tab'
    tab.id = `example-${example.id}`
    tab.textContent = example.label
    tab.setAttribute('aria-controls', panel.id)
    tab.addEventListener('click', () => choose(example))
    return tab
  })
  tablist.append(...tabs)
  tablist.addEventListener('keydown', (event) => {
    const from = tabs.indexOf(document.activeElement)
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const index = (to + tabs.length) % tabs.length
    choose(examples[index])
    tabs[index].focus()
  })

  function choose(example) {
    current = example
    examples.forEach((other, index) => {
      tabs[index].setAttribute('aria-selected', String(other === example))
      tabs[index].tabIndex = other === example ? 0 : -1
    })
    const hasPayload = Object.keys(example.keys).length > 0
    panel.setAttribute('aria-labelledby', `example-${example.id}`)
    about.textContent = example.about
    signature.textContent = example.signature
    editor.hidden = label.hidden = restore.hidden = !hasPayload
    button.textContent = `Send ${example.id}`
    payload.value = drafts.get(example.id)
    status.textContent = ''
    check()
  }

  function check() {
    const text = payload.value
    drafts.set(current.id, text)
    restore.disabled = text === pretty(current.payload)
    try {
      const { value, places } = parse(text)
      examine(current, value, places)
      complain(undefined)
      return value
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      complain(error)
      return undefined
    }
  }

  function complain(error) {
    complaint = error
    const text = payload.value
    // A trailing line break has no height of its own in a block of text, but it has in the text area above it.
    painted.replaceChildren(error ? paintWithMistake(text, error.offset) : paint(text), '\n')
    payload.setAttribute('aria-invalid', String(Boolean(error)))
    if (!error) return mistake.replaceChildren()
    const { line, column } = lineAndColumn(text, error.offset)
    const go = document.createElement('button')
    go.type = 'button'
    go.className = 'place'
    go.textContent = `Line ${line}, column ${column}`
    go.addEventListener('click', goToMistake)
    mistake.replaceChildren(go, ` ${error.message}.`)
  }

  function goToMistake() {
    payload.focus()
    payload.setSelectionRange(complaint.offset, complaint.offset)
    // The text area does not scroll, its frame does, so the painted mark leads the way.
    painted.querySelector('.tint-mistake').scrollIntoView({ block: 'nearest' })
  }

  payload.addEventListener('input', () => {
    status.textContent = ''
    check()
  })
  payload.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
  restore.addEventListener('click', () => {
    payload.value = pretty(current.payload)
    check()
    payload.focus()
  })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const value = check()
    if (value === undefined) return goToMistake()
    const sent = current
    status.textContent = 'Sending…'
    const outcome = await send(sent, value)
    // The answer belongs to the example that was sent, which may no longer be the one on view.
    if (sent === current) status.textContent = outcome
  })

  choose(current)
}

function examine({ keys, required }, value, places) {
  if (kind(value) !== 'object') throw new Mistake(`Expected an object with ${Object.keys(keys).join(', ')}`, 0)
  for (const [key, item] of Object.entries(value)) {
    if (!Object.hasOwn(keys, key)) {
      throw new Mistake(`“${key}” is not part of this call: expected ${Object.keys(keys).join(', ')}`, places.get(key))
    }
    if (kind(item) !== keys[key]) {
      throw new Mistake(`“${key}” must be ${keys[key] === 'object' ? 'an object' : 'text'}`, places.get(key))
    }
  }
  if (required && !value[required]) throw new Mistake(`“${required}” is missing`, places.get(required) ?? 0)
}

function kind(value) {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
