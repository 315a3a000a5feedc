import type { Route } from '../aws/connect.ts'
import type { Shell } from './context.ts'

/** The retry settings that the environment names, in AWS's own variables. */
export function retryOf({ AWS_RETRY_MODE: mode, AWS_MAX_ATTEMPTS: attempts }: Shell['env']): Route['retry'] {
  return { ...(mode ? { mode } : {}), ...(attempts ? { attempts } : {}) }
}
