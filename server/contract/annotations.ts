import { z } from '@hono/zod-openapi'

/** An annotation of the W3C Web Annotation Data Model, as far as it is ours: a comment on a passage of a page. */
export const Annotation = z
  .looseObject({
    '@context': z.union([z.string(), z.array(z.unknown())]),
    id: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]),
    motivation: z.unknown().optional(),
    created: z.string().optional(),
    modified: z.string().optional(),
    creator: z.unknown().optional(),
    body: z.unknown().optional(),
    target: z.unknown(),
  })
  .openapi('Annotation')
export type Annotation = z.infer<typeof Annotation>

/** A page of annotations, by the Web Annotation Protocol. */
export const AnnotationPage = z
  .object({
    '@context': z.string(),
    id: z.string(),
    type: z.literal('AnnotationPage'),
    partOf: z.object({ id: z.string(), type: z.literal('AnnotationCollection'), total: z.int() }),
    startIndex: z.int(),
    next: z.string().optional(),
    items: z.array(Annotation),
  })
  .openapi('AnnotationPage')
export type AnnotationPage = z.infer<typeof AnnotationPage>
