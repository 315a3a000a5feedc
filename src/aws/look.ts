import type { Transport } from './connect.ts'
import type { Reader } from './port.ts'
import type { Route } from './route.ts'

/** One look at AWS: what asks, and what remembers its answers. */
export interface Look {
  readonly transport: Transport
  readonly reader: Reader
}

/** Opens looks. The SDK is loaded here, so that whatever asks AWS nothing does without it. */
export async function looking(): Promise<(route: Route) => Look> {
  const [{ connect }, { openReader }] = await Promise.all([import('./connect.ts'), import('./reader.ts')])
  return (route) => {
    const transport = connect(route)
    return { transport, reader: openReader(transport) }
  }
}

/** Opens one look. */
export async function openLook(route: Route): Promise<Look> {
  return (await looking())(route)
}
