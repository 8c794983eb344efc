// What sites get: the factory, and with it a way in for each other kind of loader.
import { factory, plugin } from './plugin.js'
import { rudderstack } from './rudderstack.js'
import { getanalytics } from './getanalytics.js'
import { classic } from './classic.js'
import { standalone } from './standalone.js'

/** The plugin factory of the `remotePlugins` and `plugins` contracts. */
export const intercomDestination = Object.assign(factory, { plugin, rudderstack, getanalytics, classic, standalone })

export { plugin, rudderstack, getanalytics, classic, standalone }
