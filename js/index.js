export { intercomDestination, intercomDestination as default } from './plugin.js'
