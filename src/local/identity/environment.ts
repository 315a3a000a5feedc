import type { Environment } from '../aws-config/paths.ts'
import type { Elsewhere } from './identity.ts'

/** The role of the container a program runs in, where the environment says that it has one. Pure. */
export function container(env: Environment): Elsewhere | undefined {
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative, AWS_CONTAINER_CREDENTIALS_FULL_URI: full } = env
  return relative || full ? { provider: 'container' } : undefined
}
