"""A tyre shop with a database: what stands behind the Store API where there is no real shop.

The shop answers in documents, shaped as the Store API shows them; `InMemoryShop`
reads them into the values of the application's port, `entrypoints.demo_shop` sends
them over HTTP.
"""
