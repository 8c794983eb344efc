import { createCallList } from './calls.js'
import { createComposer } from './composer.js'
import { examples } from './events.js'
import { loadAnalytics, pluginSettings } from './loader.js'
import { createMessenger } from './messenger.js'
import { paint } from './paint.js'
import { createPanel } from './panel.js'
import { prepareSetupForm, readQuery } from './query.js'
import { recordIntercom } from './recorder.js'
import { sealPage } from './seal.js'

const byId = (id) => document.getElementById(id)
const options = readQuery(location.search)
const settings = pluginSettings(options)

if (!options.isReal) sealPage()

const calls = createCallList({
  list: byId('calls'),
  scroller: byId('calls-scroll'),
  empty: byId('calls-empty'),
  count: byId('calls-count'),
  live: byId('calls-live'),
  clear: byId('calls-clear'),
})
recordIntercom(window, (args) => calls.add(args))

// Before the plugin loads, so that it finds a Messenger that is already there and fetches none.
if (!options.isReal) {
  const root = document.createElement('aside')
  root.id = 'messenger'
  root.ariaLabel = 'Messenger'
  document.body.append(root)
  const messenger = createMessenger({ page: window, draw: (...args) => draw(...args) })
  const draw = createPanel(root, { onToggle: messenger.toggle, onClose: messenger.close })
  window.Intercom = messenger.Intercom
}

const analytics = loadAnalytics(settings, notify)

createComposer({
  examples: examples(options),
  elements: {
    tablist: byId('examples'),
    panel: byId('example-panel'),
    form: byId('composer'),
    about: byId('example-about'),
    signature: byId('example-signature'),
    label: byId('payload-label'),
    editor: byId('editor'),
    payload: byId('payload'),
    painted: byId('payload-paint'),
    mistake: byId('payload-error'),
    button: byId('send-button'),
    restore: byId('restore'),
    status: byId('send-status'),
  },
  async send(example, payload) {
    const before = calls.total
    await example.send(analytics, payload)
    // One task more: a reset is only announced by Analytics.js, and whoever listens answers after it.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const made = calls.total - before
    if (made === 0) return 'Sent. It made no call: nothing matched it, or it would have repeated the last update.'
    return made === 1 ? 'Sent. It made 1 call.' : `Sent. It made ${made} calls.`
  },
})

prepareSetupForm(byId('setup'), options)
byId('settings').append(paint(JSON.stringify(settings, null, 2)))

byId('mode').classList.toggle('is-real', options.isReal)
byId('mode-text').textContent = options.isReal ? `Real Intercom · ${options.appId} · ${options.region}` : 'Stand-in Messenger: nothing leaves this browser'
byId('footer-mode').textContent = options.isReal
  ? 'Your events go to the Intercom workspace named above, and nowhere else.'
  : 'No app id is given, so nothing leaves this browser.'

if (options.activator !== '#help') {
  byId('help').addEventListener('click', () => {
    notify('Nothing is bound to this button. Set the custom activator to #help, below, and it opens the Messenger.')
  })
}
if (options.warning) notify(options.warning)

function notify(message) {
  const notice = byId('notice')
  notice.textContent = message instanceof Error ? message.message : String(message)
  notice.hidden = false
}
