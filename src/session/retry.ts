import type { Route } from '../aws/route.ts'
import type { Runtime } from './runtime.ts'

/** The retry settings that the environment names, in AWS's own variables. */
export function retryOf({ AWS_RETRY_MODE: mode, AWS_MAX_ATTEMPTS: attempts }: Runtime['env']): Route['retry'] {
  return { ...(mode ? { mode } : {}), ...(attempts ? { attempts } : {}) }
}
