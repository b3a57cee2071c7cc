"""People helping people: values, rules and use cases. It knows neither Slack nor Redis.

A singular module holds a value and its moves (`request`, `offer`, `session`); its plural holds what people do
with it (`requests`, `offers`, `sessions`). What it brings is declared in `features`.
"""
