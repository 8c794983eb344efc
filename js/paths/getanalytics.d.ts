export { getanalytics, getanalytics as default } from '../index.js'
