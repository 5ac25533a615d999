"use client";

import { createContext, use, type ComponentType, type ReactNode } from "react";

interface ItemProps {
  readonly disabled?: boolean;
  readonly onSelect?: () => void;
  readonly children: ReactNode;
}

interface RadioGroupProps {
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly children: ReactNode;
}

interface RadioItemProps {
  readonly value: string;
  readonly children: ReactNode;
}

interface GroupProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
}

/** The components that menu items render with. An open menu provides them, so that a closed one loads no Radix code. */
export interface MenuParts {
  readonly Group: ComponentType<GroupProps>;
  readonly Item: ComponentType<ItemProps>;
  readonly Label: ComponentType<{ readonly children: ReactNode }>;
  readonly RadioGroup: ComponentType<RadioGroupProps>;
  readonly RadioItem: ComponentType<RadioItemProps>;
  readonly Separator: ComponentType;
}

export const MenuPartsContext = createContext<MenuParts | null>(null);

function useParts(): MenuParts {
  const parts = use(MenuPartsContext);
  if (!parts) throw new Error("Menu items must be rendered inside a Menu.");
  return parts;
}

/** Related items under a label. */
export function MenuGroup(props: GroupProps) {
  const { Group } = useParts();
  return <Group {...props} />;
}

export function MenuItem(props: ItemProps) {
  const { Item } = useParts();
  return <Item {...props} />;
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  const { Label } = useParts();
  return <Label>{children}</Label>;
}

export function MenuRadioGroup(props: RadioGroupProps) {
  const { RadioGroup } = useParts();
  return <RadioGroup {...props} />;
}

/** An item of a `MenuRadioGroup`, with a check mark when selected. */
export function MenuRadioItem(props: RadioItemProps) {
  const { RadioItem } = useParts();
  return <RadioItem {...props} />;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator />;
}
