// The list of calls that reached window.Intercom, in order.

import { paint } from './paint.js'
import { printCall } from './print.js'
import { describe } from './wording.js'

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

export function createCallList({ list, scroller, empty, count, live, clear }) {
  let total = 0

  const show = () => {
    const shown = list.children.length
    count.textContent = shown === 1 ? '1 call' : `${shown} calls`
    empty.hidden = shown > 0
    clear.disabled = shown === 0
  }

  clear.addEventListener('click', () => {
    list.replaceChildren()
    show()
    scroller.focus({ preventScroll: true })
  })
  show()

  return {
    get total() {
      return total
    },

    // Printed at once: the caller may change its objects later, and the list must tell what was sent.
    add(args) {
      total += 1
      const now = new Date()
      const sentence = describe(args)
      const item = entry({ number: total, now, method: String(args[0]), sentence, text: printCall(args) })
      list.append(item)
      show()
      scroller.scrollTo({ top: item.offsetTop - list.offsetTop })
      // The arguments would take a screen reader minutes; the sentence says what happened and the list has the rest.
      live.textContent = `Call ${total}, ${args[0]}. ${sentence}`
    },
  }
}

function entry({ number, now, method, sentence, text }) {
  const item = document.createElement('li')
  item.className = 'call'
  item.dataset.method = method

  const head = document.createElement('div')
  head.className = 'call-head'
  const index = document.createElement('span')
  index.className = 'call-number'
  index.textContent = String(number)
  const name = document.createElement('span')
  name.className = 'call-method'
  name.textContent = method
  const time = document.createElement('time')
  time.dateTime = now.toISOString()
  time.textContent = clock.format(now)
  head.append(index, name, time)

  const meaning = document.createElement('p')
  meaning.textContent = sentence

  const code = document.createElement('pre')
  code.className = 'code'
  code.append(paint(text))

  item.append(head, meaning, code)
  return item
}
