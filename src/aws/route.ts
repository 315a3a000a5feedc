import type { Meter } from '../model/meter.ts'
import type { AwsClock } from './clock.ts'
import type { Line } from './pace/line.ts'

/** How AWS is reached. Whatever is left out comes from the SDK's own chain: environment, profiles, SSO, `aws login`, CloudShell. */
export interface Route {
  /** Home region of Identity Center. */
  readonly region: string
  readonly profile?: string
  /** Base URL and credentials of the embedded Identity Center. */
  readonly sandbox?: { readonly url: string; readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Hears what time AWS says it is; nothing is asked for that. */
  readonly clock: AwsClock
  /** Where all requests of a run wait until they may be sent, however often it connects; each connection has its own where it is absent. */
  readonly line?: Line
  /** Counts the requests that are sent this way. */
  readonly meter?: Meter
  /** AWS_RETRY_MODE and AWS_MAX_ATTEMPTS as the environment names them. */
  readonly retry: { readonly mode?: string; readonly attempts?: string }
}
