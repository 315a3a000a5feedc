/**
 * The request table of one service (`ServiceTable` in src/sandbox/api/table.ts): these operations, and the shapes their
 * requests reach, in the order of their names.
 * @throws Error when the model does not know one of the operations.
 */
export function requestTable(model, names, origin) {
  const operations = Object.fromEntries([...names].sort().map((name) => [name, operation(model, name)]))
  const inputs = Object.values(operations).flatMap(({ input }) => input ?? [])
  const shapes = [...reached(model, inputs)].sort().map((name) => [name, shape(model.shapes[name])])
  return { origin, target: model.metadata.targetPrefix, operations, shapes: Object.fromEntries(shapes) }
}

function operation(model, name) {
  const known = model.operations[name]
  if (!known) throw new Error(`The model of ${model.metadata.serviceId} has no operation ${name}; it may be too old`)
  const errors = (known.errors ?? []).map((one) => one.shape)
  return known.input ? { input: known.input.shape, errors } : { errors }
}

function reached(model, names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue
    seen.add(name)
    const { members = {}, member, key, value } = model.shapes[name]
    const inner = [...Object.values(members), member, key, value].filter(Boolean)
    reached(
      model,
      inner.map((one) => one.shape),
      seen,
    )
  }
  return seen
}

/** Without what no request can break: documentation, names on the wire, and lists that are empty. */
function shape(full) {
  if (full.document) return { type: 'document' }
  const members = Object.entries(full.members ?? {}).map(([name, one]) => [name, one.shape])
  return {
    type: full.type,
    ...picked(full, ['min', 'max', 'pattern', 'enum']),
    ...(full.members ? { members: Object.fromEntries(members) } : {}),
    ...(full.required?.length ? { required: full.required } : {}),
    ...picked(full, ['union']),
    ...(full.member ? { of: full.member.shape } : {}),
    ...(full.key ? { key: full.key.shape, value: full.value.shape } : {}),
  }
}

function picked(from, names) {
  return Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]))
}
