import { clicks } from '../model/console.ts'
import { listed } from '../text/list.ts'
import { type Check, ok } from './finding.ts'

/** The three session clocks, which newcomers take for one. Source: user guide, "Understanding authentication sessions". */
export const clocks: Check = {
  name: 'clocks',
  title: 'Three clocks',
  examine({ local, manifest }) {
    if (!local) return []
    const sets = Object.entries(manifest?.manifest.permission_sets ?? {}).filter(([, { external }]) => !external)
    const lengths = sets.map(([name, { session_duration = '1h' }]) => `${name} ${session_duration}`)
    const known = lengths.length > 0 ? listed(lengths, 5, 6) : '1h unless a permission set says otherwise'
    return [
      ok(
        'clock-portal',
        `portal session: 8 hours unless changed (15 minutes to 90 days, ${clicks('Settings', 'Authentication', 'Session duration')}; AWS has no API for this). When it expires, log in with the browser again`,
      ),
      ok('clock-token', 'access token: about 1 hour, renewed without a browser while the portal session lasts'),
      ok(
        'clock-role',
        `role session: ${known}. A session duration of 8 hours means that role credentials work for 8 hours after they are issued, even after logging out; it does not keep you logged in for 8 hours, the portal session does`,
      ),
    ]
  },
}
