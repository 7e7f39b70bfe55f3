import * as z from 'zod';
import { mustBe } from './issue-message.js';

/** What a deployment is part of, where licences tell products apart. */
export const PRODUCTS = ['internal-tool', 'product-feature', 'work-assistant', 'model-service'] as const;

/** The clause in our words, with its place in the text where that is known. */
const clause = z.string().min(1);
/** How the right may be had all the same. */
const otherwise = z.string().optional();
const usd = z.int().positive();

/** What must hold for the licence to give any right. */
export const Term = z.discriminatedUnion('about', [
  /** No right for commercial use, use inside a company included. */
  z.strictObject({ about: z.literal('commercial-use'), clause, otherwise }),
  z.strictObject({
    about: z.literal('monthly-users'),
    above: z.int().positive(),
    /** Whose users, and when they are counted. */
    counted: z.string(),
    clause,
    otherwise,
  }),
  z.strictObject({
    about: z.literal('revenue'),
    aboveUsd: usd,
    per: z.enum(['month', 'year']),
    /** Only for this kind of product. */
    product: z.enum(PRODUCTS).optional(),
    clause,
    otherwise,
  }),
  z.strictObject({
    about: z.literal('territory'),
    /** Countries and `EU`; the company's principal place of business counts. */
    excludes: z.array(z.string().regex(/^[A-Z]{2}$/, mustBe('a country code or EU'))).min(1),
    clause,
    otherwise,
  }),
  z.strictObject({
    about: z.literal('product'),
    excludes: z.array(z.enum(PRODUCTS)).min(1),
    clause,
    otherwise,
  }),
  /** Answers may not be used to improve other models. */
  z.strictObject({ about: z.literal('outputs'), clause, otherwise }),
]);
export type Term = z.infer<typeof Term>;

/** What must be done. */
export const Duty = z.strictObject({
  duty: z.enum([
    'acceptable-use',
    'flow-down',
    'notice',
    'attribution',
    'display',
    'naming',
    'state-changes',
    'notify',
    'territory',
  ]),
  text: z.string().min(1),
  link: z.url().optional(),
  /** `always`; `offering`: a product or service with it goes to others; `distributing`: the weights do; `deriving`: they are trained further. */
  when: z.enum(['always', 'offering', 'distributing', 'deriving']),
  /** Only where one of these is exceeded. */
  above: z
    .strictObject({
      monthlyUsers: z.int().positive().optional(),
      monthlyRevenueUsd: usd.optional(),
      annualRevenueUsd: usd.optional(),
    })
    .optional(),
});
export type Duty = z.infer<typeof Duty>;
