"""What the review pages show and take: the state in their addresses (`state`), the queue (`queueing`), an event with its
words (`looking`), its fields as a form (`fields`), and forms as decisions (`deciding`). The pages are `pages.review`.
"""
