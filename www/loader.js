// Runs the real Analytics.js with one remote plugin, ours, and nothing that could reach Segment.

import { AnalyticsBrowser } from '@segment/analytics-next'
import intercomDestination from '../js/index.js'
import { RICH_LINKS } from './events.js'

const NAME = 'Intercom Web (Actions)'

export function pluginSettings({ appId, apiBase, activator }) {
  return {
    appId,
    apiBase,
    ...(activator && { activator }),
    richLinkProperties: RICH_LINKS,
  }
}

export function loadAnalytics(settings, onError) {
  // Analytics.js only logs a factory that rejects; a person in front of this page should read why.
  const factory = async (given) => {
    try {
      return await intercomDestination(given)
    } catch (error) {
      onError(error)
      throw error
    }
  }
  factory.pluginName = intercomDestination.pluginName

  return AnalyticsBrowser.load(
    {
      writeKey: 'demo',
      cdnSettings: {
        integrations: {},
        // Left alone, Analytics.js reports its own performance to Segment every thirty seconds.
        metrics: { sampleRate: 0 },
        remotePlugins: [
          {
            name: NAME,
            creationName: NAME,
            libraryName: 'intercomDestination',
            // Never fetched: the factory below stands in for the script, because its pluginName is the same.
            url: new URL('intercom-destination.umd.js', document.baseURI).href,
            settings: { ...settings, onError },
          },
        ],
      },
      plugins: [factory],
    },
    {
      integrations: { 'Segment.io': false },
      // The stand-in forgets everybody when the page reloads, so Analytics.js must as well.
      disableClientPersistence: true,
    },
  )
}
