/** The products that operators may see by name, as support systems write them. */
const known: readonly string[] = [
  ...['air conditioner', '空调', 'refrigerator', 'fridge', '冰箱', 'washing machine', '洗衣机', 'dryer', '干衣机'],
  ...['dishwasher', '洗碗机', 'oven', '烤箱', 'microwave', '微波炉', 'stove', '燃气灶', 'cooker hood', '油烟机'],
  ...['rice cooker', '电饭煲', 'water heater', '热水器', 'water purifier', '净水器', 'air purifier', '空气净化器'],
  ...['vacuum cleaner', '吸尘器', 'robot vacuum', '扫地机器人', 'fan', '电风扇', 'heater', '取暖器'],
  ...['television', 'tv', '电视', '电视机', 'computer', '电脑', 'laptop', '笔记本电脑', 'tablet', '平板电脑'],
  ...['phone', '手机', 'camera', '相机', 'printer', '打印机', 'bicycle', '自行车', 'e bike', '电动车'],
];

/**
 * What may stand of a product's category where nothing is encrypted. The field is free text of another system, and whatever
 * somebody typed there, a name or a number, must not be read there.
 */
export function categoryShown(category: string): string {
  const word = category
    .trim()
    .toLowerCase()
    .replaceAll(/[-_\s]+/g, ' ');
  return known.includes(word) ? word : 'product';
}
