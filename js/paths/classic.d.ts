export { classic, classic as default } from '../index.js'
