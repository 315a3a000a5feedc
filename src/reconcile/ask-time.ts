import { openLook } from '../aws/look.ts'
import type { Session } from '../session/runtime.ts'

/**
 * AWS's time, which an answer has to tell: a clock of this machine that is behind would leave alive what was issued in between, one
 * that is ahead would end a later login. Where nothing answers it is this machine's, and the plan says what is wrong.
 */
export async function askTime({ route }: Session): Promise<Date> {
  const { reader } = await openLook(route)
  await reader.get('GetCallerIdentity', {}).catch(() => undefined)
  return route.clock.now()
}
