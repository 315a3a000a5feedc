import { ofOrganization } from '../aws/examine.ts'
import { defaultStartUrl } from '../model/portal.ts'
import { whosePortal } from '../model/whose-portal.ts'
import { type Check, problem } from './finding.ts'

/** The start URL of the manifest is not that of another Identity Center. */
export const startUrl: Check = {
  name: 'start-url',
  title: 'Access portal',
  examine({ manifest, cloud, rehearsed }) {
    const { region, start_url: url } = manifest?.manifest.identity_center ?? {}
    const rows = cloud?.instances && 'value' in cloud.instances ? cloud.instances.value : []
    const [only, second] = ofOrganization(rows, cloud?.organization)
    // A sandbox invents an Identity Center, whose address no file can know.
    if (rehearsed || !only || second || url === undefined || region === undefined) return []
    const parts = { instance: only.arn, store: only.store, region }
    if (whosePortal(url, parts) !== 'another') return []
    const message = `identity_center.start_url (${url}) belongs to a different Identity Center than ${only.id}`
    return [problem('start-url-other', message, `write ${defaultStartUrl(parts)}, or a customised address of this one`)]
  },
}
