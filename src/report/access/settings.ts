import type { Access } from '../../access/rows.ts'
import type { SeenDelegate, SeenSettings } from '../../access/settings.ts'
import type { JsonObject } from '../../model/json.ts'
import { listed } from '../../text/list.ts'
import { tagSentences, tagsJson } from './tags.ts'
import { accountText } from './words.ts'

/** Users that a sentence names before it counts the others. */
const named = 5

/** What settings of the instance mean for access, in sentences, a line each; none where nobody asked. Pure. */
export function settingSentences({ settings, tags }: Pick<Access, 'settings' | 'tags'>): readonly string[] {
  return [...(settings ? sentencesOf(settings) : []), ...tagSentences(tags)]
}

function sentencesOf({ delegates, regions, unread }: SeenSettings): readonly string[] {
  const places = regions.map(({ region, status }) =>
    status === undefined ? region : `${region} (AWS says: ${status})`,
  )
  return [
    ...delegates.map(delegateSentence),
    ...(places.length > 0 ? [`Additional Regions, each with an access portal: ${listed(places)}.`] : []),
    ...unread.map(({ setting, why }) => `Not read: ${setting}: ${why}.`),
  ]
}

function delegateSentence(delegate: SeenDelegate): string {
  const { administrators } = delegate
  const who = administrators.length > 0 ? ` Administrators there: ${listed(administrators, named)}.` : ''
  return `Delegated administrator: ${accountText(delegate)}, whose administrators can manage users, groups and access to all member accounts.${who}`
}

/** The same as data; nothing where nobody asked. Pure. */
export function settingsJson({ settings, tags }: Pick<Access, 'settings' | 'tags'>): JsonObject {
  if (settings === undefined) return tagsJson(tags)
  const { name, delegates, regions, unread } = settings
  return {
    ...tagsJson(tags),
    identity_center: {
      ...(name === undefined ? {} : { name }),
      delegated_administrators: delegates.map((one) => ({ ...one })),
      additional_regions: regions.map((one) => ({ ...one })),
      unread: unread.map((one) => ({ ...one })),
    },
  }
}
