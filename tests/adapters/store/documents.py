"""The Store API's documents by example."""

PHONE = "+380671234567"

TIRE: dict[str, object] = {
    "id": "t1",
    "brand": "Michelin",
    "model": "X-Ice Snow",
    "size": "205/55 R16",
    "width": 205,
    "profile": 55,
    "diameter": 16,
    "season": "winter",
    "load_index": "94",
    "speed_index": "H",
    "price": 3450.5,
    "currency": "UAH",
    "in_stock": True,
    "stock_quantity": 12,
}
ORDER: dict[str, object] = {
    "id": "ord_1",
    "order_number": "10245",
    "status": "confirmed",
    "status_label": "підтверджено",
    "total": 13920,
    "items_summary": "Michelin X-Ice Snow × 4",
}
