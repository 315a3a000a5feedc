import type { SeenTags } from '../../access/session-tags.ts'
import type { JsonObject } from '../../model/json.ts'
import { listed } from '../../text/list.ts'

/** Users that a sentence names before it counts the others. */
const named = 5

/** The tags of sessions in sentences, a line each; none where sessions carry none, and where nobody asked. Pure. */
export function tagSentences(seen: SeenTags | undefined): readonly string[] {
  if (seen === undefined) return []
  if (seen.unread !== undefined) return [`Session tags were not checked: ${seen.unread}.`]
  if (seen.tags.length === 0) return []
  const sources = seen.tags.map(({ key, source }) => `${key} from ${source}`)
  return [
    `Session tags: ${sources.join(', ')}.`,
    ...lackingSentences(seen),
    ...(seen.unknown.length > 0 ? [`Not known who has a value: ${seen.unknown.join(', ')}.`] : []),
  ]
}

function lackingSentences({ tags, without }: SeenTags): readonly string[] {
  return tags.flatMap(({ key, attribute }) => {
    const lacking = without.filter(({ keys }) => keys.includes(key))
    const users = lacking.map(({ user }) => user)
    const unless = lacking.some(({ provisioned }) => provisioned) ? ', unless the identity provider sends one' : ''
    const what = attribute?.replaceAll('_', ' ') ?? key
    return users.length > 0 ? [`Without the session tag ${key} (no ${what}${unless}): ${listed(users, named)}.`] : []
  })
}

/** The same as data; nothing where nobody asked. Pure. */
export function tagsJson(seen: SeenTags | undefined): JsonObject {
  if (seen === undefined) return {}
  if (seen.unread !== undefined) return { session_tags: { unread: seen.unread } }
  return {
    session_tags: {
      tags: seen.tags.map((tag) => ({ ...tag, known: !seen.unknown.includes(tag.key) })),
      users_without: seen.without.map((one) => ({ ...one })),
    },
  }
}
