// The address bar is the page's only configuration, so that a link reproduces what someone saw.

const API_BASES = {
  us: 'https://api-iam.intercom.io',
  eu: 'https://api-iam.eu.intercom.io',
  au: 'https://api-iam.au.intercom.io',
}

export const STAND_IN_APP_ID = 'demo'

export function readQuery(search) {
  const query = new URLSearchParams(search)
  const given = (key) => query.get(key)?.trim() || undefined

  const appId = given('app_id')
  const region = given('region')?.toLowerCase() ?? 'us'
  const known = Object.hasOwn(API_BASES, region)

  return {
    appId: appId ?? STAND_IN_APP_ID,
    isReal: appId !== undefined && appId !== STAND_IN_APP_ID,
    region: known ? region : 'us',
    apiBase: API_BASES[known ? region : 'us'],
    activator: given('activator'),
    hideDefaultLauncher: { 1: true, 0: false }[given('hide')],
    warning: known ? undefined : `There is no region “${region}”: expected us, eu or au. The page uses us.`,
  }
}

export function prepareSetupForm(form, options) {
  form.elements.app_id.value = options.isReal ? options.appId : ''
  form.elements.region.value = options.region
  form.elements.activator.value = options.activator ?? ''
  form.elements.hide.value = options.hideDefaultLauncher === undefined ? '' : String(Number(options.hideDefaultLauncher))

  // Defaults stay out of the address: a link should say only what was chosen.
  form.addEventListener('formdata', ({ formData }) => {
    for (const [key, value] of [...formData]) {
      if (value.trim() === '' || (key === 'region' && value === 'us')) formData.delete(key)
    }
  })
}
