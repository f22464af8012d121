/** A piece in the magazine. */
export interface Article {
  slug: string
  title: string
  standfirst: string
  minutes: number
  art: 'rumour' | 'bridge' | 'tree'
  paragraphs: readonly string[]
  quote: string
}

/** Everything in this issue, the lead first. */
export const ARTICLES: readonly Article[] = [
  {
    slug: 'how-a-story-crosses-a-town',
    title: 'How a story crosses a town',
    standfirst: 'It loses its details, keeps its point, and arrives with somebody’s name on it.',
    minutes: 3,
    art: 'rumour',
    quote: 'We do not pass on what we heard. We pass on what we understood.',
    paragraphs: [
      'The baker tells it while counting out change: the bridge will close in spring. By noon it has crossed the river twice. By evening the bridge is not closing but falling down, and it was the ferryman who said so, and he ought to know.',
      'In the 1940s the psychologists Gordon Allport and Leo Postman sat people in a row and let a description of a picture travel along it. Most of the details were gone after five or six tellings. What was left had grown sharper, and had bent towards what the tellers expected to hear. They called it levelling, sharpening and assimilation. Children call it the telephone game, and know that the fun is at the far end.',
      'Yet most of what we hear this way is right. Somebody moved, somebody is hiring, the plums are good this week. It holds because a town is no row of chairs. The same news reaches you by two or three ways, and where they disagree, you ask. Gossip repairs itself as long as you can tell who told whom.',
      'That last part is the one we keep losing. A line copied from nowhere in particular, shared a thousand times, cannot be asked anything. Nobody stands behind it. The old way of passing things on carried its own footnote: I have it from the baker.',
      'So the next time you hand a story on, hand on the name as well. It costs nothing, it keeps you honest, and the baker may like to know how far she was heard.',
    ],
  },
  {
    slug: 'people-you-hardly-know',
    title: 'The use of people you hardly know',
    standfirst: 'Your friends know what you know. News comes from the edge of the photograph.',
    minutes: 3,
    art: 'bridge',
    quote: 'A close friend is a mirror. An acquaintance is a window.',
    paragraphs: [
      'Ask people how they found their job and many will say: a friend told me. Around 1970 Mark Granovetter, then a young sociologist near Boston, kept asking. A friend? Well, they would say, not really a friend. An acquaintance.',
      'He counted. Of those who had found work through somebody they knew, fewer than one in five saw that person often. More than half saw them now and then, and over a quarter hardly ever. The word that changed a life had come from somebody who might not have been invited to the wedding.',
      'The reason is almost arithmetic. Close friends know one another, read the same things and drink in the same places; what one has heard, all have heard. An acquaintance stands in another circle, and a thin line to them is often the only line between the two. Cut a strong tie and the news finds a way around. Cut a weak one and a whole village goes quiet.',
      'This is worth remembering when you wonder whom to send something to. Your closest friend will be kind about it. The colleague from two jobs ago, the neighbour’s sister, the man you met once about a bicycle: they are the ones beyond whom everything is new.',
      'Write to one of them today. You need no better reason than something good to read.',
    ],
  },
  {
    slug: 'most-things-do-not-spread',
    title: 'Most things do not spread, and that is fine',
    standfirst: 'What the shape of a few thousand real cascades says about being passed on.',
    minutes: 4,
    art: 'tree',
    quote: 'Big is not the same as far. A crowd around one voice is an audience. A vine has joints.',
    paragraphs: [
      'We speak of things going viral as if it were weather. Mostly there is no weather. In one collection of 7,736 messages that were passed on at least once, 4,776 stopped at the first step: some people repeated them and nobody repeated those people. One single message, of all of them, travelled eleven steps from where it began.',
      'There are two ways to become big. A famous voice speaks and a hundred people repeat it: wide and flat. Or somebody tells two, who each tell two, and so on down: narrow at the top and deep. Seen as a number of readers they look the same. Seen as a drawing they could not be less alike.',
      'In 2016 Sharad Goel and three colleagues gave that drawing a number. Take every pair of people in the tree and count the steps between them; the average is what they call structural virality. The crowd around one voice scores just under two, however large it is. A long chain of friends scores higher with every hand it passes through. In a billion events on Twitter they found plenty of both, and no rule to tell in advance which it would be.',
      'If you make things, there is comfort in this. Not being passed on is the usual fate of good work as much as of bad. What you can do is small and certain: make it easy to hand on, thank the people who do, and look now and then at the shape of the tree rather than at its size.',
      'Somewhere in it there may be a reader who has brought you nobody but one, and that one brought you everybody else.',
    ],
  },
]

/** The article at this address, if there is one. */
export const articleBySlug = (slug: string): Article | undefined =>
  ARTICLES.find((article) => article.slug === slug)
