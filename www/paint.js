// Colours JSON-like text. Text nodes only, so nothing an event carries can become markup.

const TOKENS = /("(?:[^"\\\n]|\\.)*")(\s*:)?|\b(true|false|null|undefined)\b|(-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)/g

function span(className, text) {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  return element
}

export function paint(text) {
  const painted = new DocumentFragment()
  let from = 0
  for (const token of text.matchAll(TOKENS)) {
    const [whole, quoted, colon, word, number] = token
    painted.append(text.slice(from, token.index))
    if (quoted !== undefined) {
      painted.append(span(colon === undefined ? 'tint-text' : 'tint-key', quoted), colon ?? '')
    } else {
      painted.append(span(word === undefined ? 'tint-number' : 'tint-word', word ?? number))
    }
    from = token.index + whole.length
  }
  painted.append(text.slice(from))
  return painted
}

export function paintWithMistake(text, offset) {
  const painted = new DocumentFragment()
  // At the end of a line or of the text there is no character to underline, so the mark takes the one before.
  const start = offset < text.length && text[offset] !== '\n' ? offset : Math.max(0, offset - 1)
  painted.append(paint(text.slice(0, start)), span('tint-mistake', text.slice(start, start + 1) || ' '), paint(text.slice(start + 1)))
  return painted
}
