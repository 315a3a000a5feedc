import type { LoadedManifest } from '../manifest/load.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import { defaultStartUrl } from '../model/portal.ts'
import { whosePortal } from '../model/whose-portal.ts'

/**
 * That the manifest sends people to the portal of another Identity Center than the one it manages. A customised address names none, so
 * that nothing can be said of it. Pure.
 */
export function otherStartUrl({ manifest, position }: LoadedManifest, facts: Facts): readonly Diagnostic[] {
  const { start_url: url } = manifest.identity_center
  const { instance, region, regions } = facts
  if (url === undefined || !instance) return []
  const parts = { instance: instance.arn, store: instance.identity_store_id, region, ...(regions ? { regions } : {}) }
  if (whosePortal(url, parts) !== 'another') return []
  const at = position(['identity_center', 'start_url'])
  const id = instance.arn.slice(instance.arn.lastIndexOf('/') + 1)
  return [
    error(
      'start-url-other',
      `start_url: ${url} belongs to a different Identity Center than ${id}, found in ${region}`,
      {
        hint: `write ${defaultStartUrl(parts)}, or a customised address of this Identity Center; or correct identity_center.region and instance`,
        ...(at ? { at } : {}),
      },
    ),
  ]
}
