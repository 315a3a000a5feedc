import { botocoreIdentity } from './botocore.ts'
import { botocoreSettings } from './botocore-settings.ts'
import type { Choice, Identity, Tool } from './identity.ts'
import { jsIdentity } from './js-sdk.ts'
import { jsSettings } from './js-settings.ts'
import type { Sources } from './settings.ts'

/** Tells who a program of a family of tools is. */
export type Who = (tool: Tool, choice?: Choice) => Identity

/**
 * Who a program is: which provider wins, as which account and role. What AWS answers is left out: a role may not be assumed, a login may be
 * over. The files are read once for all that is asked. Pure. Checked in the tests against botocore and the SDK themselves.
 */
export function whoOn(sources: Sources): Who {
  const [botocore, sdk] = [botocoreSettings(sources), jsSettings(sources)]
  return (tool, choice = {}) => (tool === 'aws-cli' ? botocoreIdentity(botocore, choice) : jsIdentity(sdk, choice))
}
