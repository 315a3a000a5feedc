import { specOf } from '../../kinds/permission-set/spec.ts'
import { isUserTag } from '../../kinds/shared/tags.ts'
import { filled, isObject, type JsonObject } from '../../model/json.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import { parsePolicy } from '../../policies/document.ts'
import { customerReference } from '../../policies/names.ts'
import type { Part } from './claim.ts'

/** A permission set in the manifest's words, as its resource and those of its parts have it. */
export function setRow(values: JsonObject, parts: readonly Part[]): PermissionSetSpec {
  return specOf({ ...header(values), ...content(parts) } as Parameters<typeof specOf>[0])
}

// `tags_all` has the default tags of the provider too.
function header(values: JsonObject): JsonObject {
  const { description, session_duration, relay_state, tags, tags_all: all } = values
  const found = isObject(all) ? all : isObject(tags) ? tags : {}
  const own = Object.entries(found).filter(([key]) => isUserTag(key))
  return filled({ description, session_duration, relay_state, tags: Object.fromEntries(own) })
}

function content(parts: readonly Part[]): JsonObject {
  const [inline] = parts.flatMap((one) => ('inline' in one && one.inline ? [one.inline] : []))
  const [boundary] = parts.flatMap((one) => ('boundary' in one && one.boundary ? [one.boundary] : []))
  return {
    managed_policies: parts.flatMap((one) => ('policies' in one ? one.policies : [])),
    customer_managed_policies: parts.flatMap((one) => ('customer' in one ? one.customer : [])).map(customer),
    ...(inline ? { inline_policy: policyFrom(inline) } : {}),
    ...(boundary ? { permissions_boundary: boundaryOf(boundary) } : {}),
  }
}

function customer(text: string): { readonly name: string; readonly path: string } {
  const { Name: name, Path: path } = customerReference(text)
  return { name, path }
}

// A customer-managed policy begins with its path, and others with a name or an ARN.
function boundaryOf(text: string): JsonObject {
  return text.startsWith('/') ? { customer_managed_policy: customer(text) } : { managed_policy: text }
}

// What is no policy differs from every policy.
function policyFrom(text: string): JsonObject {
  try {
    const policy = parsePolicy(text)
    return isObject(policy) ? policy : { Version: text }
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { Version: text }
    throw thrown
  }
}
