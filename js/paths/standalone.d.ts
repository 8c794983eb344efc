export { standalone, standalone as default } from '../index.js'
