/** Something the shop sells. The price is in cents. */
export interface Product {
  id: string
  name: string
  description: string
  price: number
  art: 'telephone' | 'notebook' | 'magazine'
}

/** The currency of every price here. */
export const CURRENCY = 'EUR'

/** The price list: the only place that says what something costs. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'tin-can-telephone',
    name: 'Tin-can telephone',
    description:
      'Two tins, twelve metres of waxed cotton, no subscription. Works only while somebody keeps the line taut.',
    price: 4900,
    art: 'telephone',
  },
  {
    id: 'notebook',
    name: 'The overhearing notebook',
    description:
      'Ninety-six unruled pages that fit a coat pocket, for what you catch on trains and in queues.',
    price: 1450,
    art: 'notebook',
  },
  {
    id: 'a-year',
    name: 'A year of Overheard',
    description: 'Four issues on paper. The second copy of each is for passing on.',
    price: 3600,
    art: 'magazine',
  },
]

/** The product with this id, if the shop has it. */
export const productById = (id: string): Product | undefined => PRODUCTS.find((product) => product.id === id)

/** A price as people read it. */
export const priceText = (cents: number): string =>
  (cents / 100).toLocaleString('en', { style: 'currency', currency: CURRENCY })
