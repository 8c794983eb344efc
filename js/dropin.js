// The drop-in script: one file from any URL, which a loader finds under this name.
import { intercomDestination } from './plugin.js'

window.intercomDestination = intercomDestination
