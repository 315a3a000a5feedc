import type { Json } from '../../model/json.ts'
import { atValue, type Finding, quote } from '../finding.ts'
import { at, textAt, texts } from '../view.ts'
import type { Check } from './check.ts'
import { both } from './conflicts.ts'

/** Settings of the instance that contradict each other. */
export const checkInstanceSettings: Check = (manifest) => [
  ...primary(manifest),
  ...portalRegions(manifest),
  ...delegates(manifest),
]

/** The primary Region is no additional one, and never goes. */
function primary(manifest: Json): readonly Finding[] {
  const home = textAt(manifest, 'identity_center', 'region')
  const listed = [
    ['identity_center', 'additional_regions'],
    ['absent', 'additional_regions'],
  ]
  return listed.flatMap((path) =>
    texts(at(manifest, ...path)).flatMap(([index, region]) =>
      region === home
        ? [
            atValue(
              [...path, index],
              'region-primary',
              `${quote(region)} is the primary Region, identity_center.region, and not an additional one`,
              'remove it here',
            ),
          ]
        : [],
    ),
  )
}

/** Profiles that sign in through a Region would stop working when it goes. */
function portalRegions(manifest: Json): readonly Finding[] {
  const url = textAt(manifest, 'identity_center', 'start_url') ?? ''
  return texts(at(manifest, 'absent', 'additional_regions')).flatMap(([index, region]) =>
    url.includes(`.${region}.`)
      ? [
          atValue(
            ['absent', 'additional_regions', index],
            'region-of-portal',
            `identity_center.start_url is the access portal in ${quote(region)}, which would no longer be there`,
            'write the URL of the portal in another Region as start_url, or remove that line',
          ),
        ]
      : [],
  )
}

function delegates(manifest: Json): readonly Finding[] {
  const delegate = textAt(manifest, 'identity_center', 'delegated_administrator')
  if (delegate === undefined) return []
  const id = (word: string) => textAt(manifest, 'accounts', word) ?? word
  const isManagement = delegate === 'management' || id(delegate) === textAt(manifest, 'accounts', 'management')
  const ofManagement = atValue(
    ['identity_center', 'delegated_administrator'],
    'delegate-management',
    'the management account manages Identity Center without being registered',
    'name a member account, or remove the line',
  )
  return [
    ...(isManagement ? [ofManagement] : []),
    ...texts(at(manifest, 'absent', 'delegated_administrators')).flatMap(([index, word]) =>
      id(word) === id(delegate)
        ? [both(['absent', 'delegated_administrators', index], word, 'declared and absent')]
        : [],
    ),
  ]
}
