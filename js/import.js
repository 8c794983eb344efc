// Settings as they are found in the wild: plain, in what Segment's CDN gives a page, and in what its Public API tells.

const OURS = /^(Intercom Web \(Actions\)|intercomDestination|intercom-web)$/

const isOurs = (plugin) => [plugin?.name, plugin?.creationName, plugin?.libraryName].some((name) => OURS.test(name))

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

// The Public API's words for what the loader calls otherwise.
const SUBSCRIPTION = { subscribe: 'trigger', mapping: 'settings', partnerAction: 'actionSlug' }

const ofRemotePlugins = (plugins, path) => {
  const place = plugins.findIndex(isOurs)
  if (place < 0) {
    return {
      source: 'cdn',
      settings: undefined,
      missing: 'expected a remote plugin called Intercom Web (Actions)',
      at: () => path
    }
  }
  return { source: 'cdn', settings: plugins[place].settings, at: (own) => [...path, place, 'settings', ...own] }
}

const ofPublicApi = ({ destination, subscriptions }, path) => ({
  source: 'publicApi',
  settings: {
    ...destination?.settings,
    // A list that is no list is told of like any other.
    subscriptions: Array.isArray(subscriptions)
      ? subscriptions.map((it) =>
          isObject(it)
            ? { partnerAction: it.actionSlug, name: it.name, enabled: it.enabled, subscribe: it.trigger, mapping: it.settings }
            : it
        )
      : (subscriptions ?? [])
  },
  at: (own) => {
    if (own[0] !== 'subscriptions') return [...path, 'destination', 'settings', ...own]
    const [list, index, key, ...rest] = own
    if (key === undefined) return [...path, ...own]
    return [...path, list, index, SUBSCRIPTION[key] ?? key, ...rest]
  }
})

/**
 * The settings in a parsed document: `source` says what kind of document it is, `at` turns a path within the settings into
 * one within the document, and `missing` says what the document lacks when there are no settings in it.
 */
export const settingsFrom = (document) => {
  if (isObject(document) && document.appId === undefined) {
    if (Array.isArray(document.remotePlugins)) return ofRemotePlugins(document.remotePlugins, ['remotePlugins'])
    // What a site gives to the loader itself.
    if (Array.isArray(document.cdnSettings?.remotePlugins)) {
      return ofRemotePlugins(document.cdnSettings.remotePlugins, ['cdnSettings', 'remotePlugins'])
    }
    if (isOurs(document) && isObject(document.settings)) {
      return { source: 'cdn', settings: document.settings, at: (own) => ['settings', ...own] }
    }
    const isAnswer = isObject(document.data)
    const answer = isAnswer ? document.data : document
    if (isObject(answer.destination)) return ofPublicApi(answer, isAnswer ? ['data'] : [])
  }
  return { source: 'settings', settings: document, at: (own) => own }
}
