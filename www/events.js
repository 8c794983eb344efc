// What a shop would send on an ordinary day. Every example exercises something that is easy to get wrong.

const avatar = new URL('./avatar.svg', import.meta.url).href

export const RICH_LINKS = ['receipt']

export function examples({ hideDefaultLauncher }) {
  const launcher = hideDefaultLauncher === undefined ? undefined : { Intercom: { hideDefaultLauncher } }
  const withLauncher = (options) => (launcher ? { ...options, context: launcher } : options)

  return [
    {
      id: 'track',
      label: 'Order',
      about: 'A customer pays. The revenue becomes a price in whole cents, the receipt stays a rich link, and the nested list of products is left out.',
      signature: 'analytics.track(event, properties, options)',
      keys: { event: 'string', properties: 'object', options: 'object' },
      required: 'event',
      payload: {
        event: 'Order Completed',
        properties: {
          order_id: '1042',
          revenue: 19.99,
          currency: 'EUR',
          coupon: 'SPRING',
          receipt: { url: 'https://shop.example/orders/1042', value: 'Order 1042' },
          products: [{ sku: 'tea-01', name: 'Green tea', quantity: 2 }],
        },
      },
      send: (analytics, { event, properties, options }) => analytics.track(event, properties, options),
    },
    {
      id: 'identify',
      label: 'Sign-up',
      about: 'A visitor becomes a known person. Dates turn into seconds, the avatar and the companies take Intercom’s shape.',
      signature: 'analytics.identify(userId, traits, options)',
      keys: { userId: 'string', traits: 'object', options: 'object' },
      payload: {
        userId: 'u-1815',
        traits: {
          name: 'Ada Lovelace',
          email: 'ada@engines.example',
          phone: '+44 20 7946 0018',
          createdAt: '2024-03-05T09:30:00Z',
          avatar,
          company: {
            id: 'c-1',
            name: 'Analytical Engines',
            createdAt: '2021-12-10T00:00:00Z',
            plan: 'Growth',
            size: 42,
            website: 'https://engines.example',
            industry: 'Computing',
            monthly_spend: 490,
          },
          companies: [
            { id: 'c-1', name: 'Analytical Engines' },
            { id: 'c-2', name: 'Royal Society', plan: 'Free' },
          ],
        },
        options: withLauncher({ integrations: { Intercom: { user_hash: 'made-up-hash' } } }),
      },
      send: (analytics, { userId, traits, options }) => analytics.identify(userId, traits, options),
    },
    {
      id: 'page',
      label: 'Page',
      about: 'Someone looks at a page. Intercom learns who is there now; the launcher can be shown or hidden on the way.',
      signature: 'analytics.page(category, name, properties, options)',
      keys: { category: 'string', name: 'string', properties: 'object', options: 'object' },
      payload: {
        category: 'Docs',
        name: 'Pricing',
        properties: { path: '/pricing', title: 'Pricing' },
        options: { context: { Intercom: { hideDefaultLauncher: hideDefaultLauncher ?? false } } },
      },
      send: (analytics, { category, name, properties, options }) => analytics.page(category, name, properties, options),
    },
    {
      id: 'group',
      label: 'Company',
      about: 'The person belongs to a company. Intercom needs an id and a name before it shows one.',
      signature: 'analytics.group(groupId, traits, options)',
      keys: { groupId: 'string', traits: 'object', options: 'object' },
      payload: {
        groupId: 'c-2',
        traits: {
          name: 'Royal Society',
          createdAt: '2022-11-28T10:00:00Z',
          plan: 'Growth',
          size: 1600,
          website: 'https://royal.example',
          industry: 'Research',
          monthly_spend: 1200,
        },
        ...(launcher && { options: { context: launcher } }),
      },
      send: (analytics, { groupId, traits, options }) => analytics.group(groupId, traits, options),
    },
    {
      id: 'reset',
      label: 'Log out',
      about: 'The person leaves. Intercom forgets them and starts afresh for the next visitor, so two people never share one conversation.',
      signature: 'analytics.reset()',
      keys: {},
      payload: {},
      send: (analytics) => analytics.reset(),
    },
  ]
}
