import { NormalizedSchema } from '@smithy/core/schema'

/**
 * The table with the members that the installed SDK for JavaScript knows beyond an older model. Its schemas tell types and
 * nothing else, which is all that is checked of such a member; its shape has the member's own name.
 * @throws Error for a member that is itself made of parts: it needs a newer model.
 */
export function withNewerMembers(table, sdk) {
  const added = {}
  const shapes = Object.entries(table.shapes).map(([name, shape]) => {
    const further = furtherMembers(name, shape, sdk)
    Object.assign(added, further)
    const members = Object.fromEntries(Object.keys(further).map((member) => [member, member]))
    return [name, shape.members ? { ...shape, members: { ...shape.members, ...members } } : shape]
  })
  const sorted = [...shapes, ...Object.entries(added)].sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...table, shapes: Object.fromEntries(sorted) }
}

function furtherMembers(name, shape, sdk) {
  const schema = sdk[`${name}$`]
  if (shape.type !== 'structure' || !schema) return {}
  const known = [...NormalizedSchema.of(schema).structIterator()]
  const further = known.filter(([member]) => !(member in shape.members))
  return Object.fromEntries(further.map(([member, one]) => [member, { type: simpleType(one, `${name}.${member}`) }]))
}

function simpleType(schema, where) {
  if (schema.isBooleanSchema()) return 'boolean'
  if (schema.isStringSchema()) return 'string'
  if (schema.isTimestampSchema()) return 'timestamp'
  throw new Error(`The installed SDK knows ${where}, the model does not: take a newer one`)
}
