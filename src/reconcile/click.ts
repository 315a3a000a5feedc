import { looking } from '../aws/look.ts'
import { homesIn, scanRegions } from '../aws/scan.ts'
import { consolePage, deleting } from '../model/console.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { reportIn } from '../session/report-in.ts'
import type { Session } from '../session/runtime.ts'
import { listed } from '../text/list.ts'
import { wrapped } from '../text/wrap.ts'

/** Milliseconds between two looks whether what a person does in the console has been done. */
export const pause = 5_000

const waiting = `waiting until this is done, checking every ${pause / 1000} seconds; press Ctrl-C to stop waiting, and run apply again at any time`

/** Looks in vain, a minute of them, after which the other Regions are looked into. */
const looksBetweenScans = 12

/**
 * Waits a while for what only a person can do in the console. What is missing is told once, and again when it is something else. Each
 * minute the other Regions are looked into. Throws the Refusal `region-other` when Identity Center is in one of them.
 */
export function waitingForClick(session: Session): (refusal: Refusal) => Promise<void> {
  const { runtime } = session
  let told = ''
  let looks = 0
  return async (refusal) => {
    if (refusal.message !== told) tell(refusal, session)
    told = refusal.message
    await runtime.clock.sleep(pause, runtime.interrupted)
    looks += 1
    if (looks % looksBetweenScans === 0) await lookElsewhere(session)
  }
}

function tell({ diagnostics }: Refusal, session: Session): void {
  const { runtime } = session
  reportIn(session, diagnostics)
  runtime.err(`${wrapped(waiting, runtime.terminal.width.err, 0).join('\n')}\n`)
}

// Regions that could not be asked prove nothing, and the wait goes on.
async function lookElsewhere({ manifest, route }: Session): Promise<void> {
  const look = await looking()
  const { region } = manifest.manifest.identity_center
  const scan = await scanRegions((one) => look({ ...route, region: one }).reader, region)
  const homes = homesIn(scan).filter((one) => one !== region)
  if (homes.length === 0) return
  const at = manifest.position(['identity_center', 'region'])
  throw new Refusal(
    error('region-other', `IAM Identity Center was enabled in ${listed(homes)}, not in ${region}`, {
      hint: `write identity_center.region: ${homes.join(' or ')}, then run sso-reconcile apply; to have it in ${region} instead, delete it there first: ${consolePage(homes[0] ?? region, 'settings')} (${deleting})`,
      ...(at ? { at } : {}),
    }),
  )
}
