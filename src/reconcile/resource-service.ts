/** Services whose actions are about resources of these services alone (Service Authorization Reference, "Resource types defined by …"). */
export const resourceServices: Readonly<Record<string, readonly string[]>> = {
  s3: ['s3', 's3-object-lambda'],
  ...Object.fromEntries(
    [
      ...['acm', 'athena', 'cloudformation', 'cloudtrail', 'dynamodb', 'ecr', 'ecs', 'eks', 'glue', 'iam', 'kms'],
      ...['lambda', 'logs', 'organizations', 'rds', 'secretsmanager', 'sns', 'sqs', 'sso', 'states'],
    ].map((service) => [service, [service]]),
  ),
}

/** The service of a resource where an action is certainly about none of it; undefined where it may be. */
export function serviceMismatch(action: string, resource: string): string | undefined {
  const service = action.slice(0, action.indexOf(':')).toLowerCase()
  const own = Object.hasOwn(resourceServices, service) ? resourceServices[service] : undefined
  const found = resource.split(':')[2]
  if (own === undefined || found === undefined || /[*?]/.test(found) || own.includes(found)) return undefined
  return found
}
