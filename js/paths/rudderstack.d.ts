export { rudderstack, rudderstack as default } from '../index.js'
