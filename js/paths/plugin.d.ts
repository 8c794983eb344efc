export { plugin, plugin as default } from '../index.js'
