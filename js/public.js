// What sites get: the factory, and with it a way in for each other kind of loader.
import { intercomDestination, plugin } from './plugin.js'
import { rudderstack } from './rudderstack.js'
import { getanalytics } from './getanalytics.js'
import { classic } from './classic.js'
import { standalone } from './standalone.js'

Object.assign(intercomDestination, { plugin, rudderstack, getanalytics, classic, standalone })

export { intercomDestination, plugin, rudderstack, getanalytics, classic, standalone }
